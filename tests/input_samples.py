"""Small inputs of each format, made by code, all telling of the same invented dispute. No files of anybody else's."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pyarrow
from pyarrow import parquet
from pypdf import PdfReader, PdfWriter

TITLE = "Ruritania recalls its envoy"
FIRST = "Ruritania recalled its ambassador from Graustark on Friday after a long dispute over fishing in the bay."
SECOND = "The foreign minister said that talks between the two governments would go on in the coming weeks."
TEXT = f"{FIRST}\n{SECOND}"
URL = "https://courier.example/envoy.html"
OUTLET = "The Strelsau Courier"
AUTHOR = "Marta Velik"

PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>{TITLE}</title>
<meta property="og:site_name" content="{OUTLET}"><link rel="canonical" href="{URL}">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "{TITLE}",
"datePublished": "2024-05-03T22:00:00+02:00", "dateModified": "2024-05-04T08:00:00+02:00",
"author": [{{"@type": "Person", "name": "{AUTHOR}"}}], "dateline": "STRELSAU"}}]}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"""

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{OUTLET}</title><link>https://courier.example/</link><language>en-gb</language>
<item><title>{TITLE}</title><link>{URL}</link><guid>courier-1</guid><dc:creator>{AUTHOR}</dc:creator>
<pubDate>Fri, 03 May 2024 23:30:00 -0500</pubDate><description>{FIRST}</description>
<content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Second item</title><link>https://courier.example/2</link><description>{SECOND}</description></item>
<item><title>Only a title</title><link>https://courier.example/3</link></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{OUTLET}</title><id>urn:courier</id>
<updated>2024-05-04T00:00:00Z</updated><entry><title>{TITLE}</title><id>urn:courier:1</id><link href="{URL}"/>
<published>2024-05-03T23:30:00-05:00</published><updated>2024-05-04T08:00:00Z</updated><author><name>{AUTHOR}</name>
</author><content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>"""

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://courier.example/1</loc><news:news>
<news:publication_date>2024-05-03</news:publication_date><news:title>Envoy recalled</news:title></news:news></url>
<url><loc>https://courier.example/2</loc></url></urlset>"""

ENTITIES = "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom">{ENTITIES}]><rss><channel><item><title>t</title>'
    "<description>&j;</description></item></channel></rss>"
)

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": OUTLET,
        "authors": [{"name": AUTHOR}],
        "items": [
            {"id": "1", "url": URL, "title": TITLE, "content_html": f"<p>{FIRST}</p><p>{SECOND}</p>",
             "date_published": "2024-05-03T23:30:00-05:00"},
            {"id": "2", "summary": SECOND},
            {"id": "3", "title": "Only a title"},
        ],
    }
)  # fmt: skip

NEWSCATCHER = json.dumps(
    {
        "status": "ok",
        "total_hits": 2,
        "articles": [
            {"title": TITLE, "author": AUTHOR, "published_date": "2024-05-03 22:00:00", "link": URL,
             "clean_url": "courier.example", "language": "en", "_id": "a1", "content": TEXT},
            {"title": "No text", "published_date": "2024-05-03 22:00:00", "link": URL, "content": None},
        ],
    }
)  # fmt: skip

MEDIA_CLOUD = json.dumps(
    [
        {"stories_id": 7, "title": TITLE, "url": URL, "media_name": OUTLET, "publish_date": "2024-05-03 22:00:00.1",
         "language": "en", "story_text": TEXT},
    ]
)  # fmt: skip

CSV = (
    f'id,headline,body,pubdate,source\n1,{TITLE},"{FIRST}\n{SECOND}",2024-05-03,{OUTLET}\n'
    "2,Short,row\n3,Empty,,2024-05-03,X\n"
)

PARTED = FIRST.replace("dispute", "disp=\nute")
MAIL = f"""Message-ID: <1@courier.example>
MIME-Version: 1.0
From: {OUTLET} <desk@courier.example>
To: readers@example.org
Date: Fri, 3 May 2024 23:30:00 -0500
Subject: =?utf-8?q?Ruritania_recalls_its_envoy?=
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

{PARTED}
{SECOND}
--b
Content-Type: text/plain; name="second.txt"
Content-Disposition: attachment; filename="second.txt"

The attached note says that the army of Graustark left the village of Aldova on Monday.
--b
Content-Type: image/png; name="logo.png"
Content-Disposition: attachment; filename="logo.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b--
"""

GDELT_EVENT = "\t".join(["1234567890", "20240503", "202405", "2024", "2024.3370", *[""] * 55, URL])
GDELT_MENTION = "\t".join(["1234567890", "20240503120000", "20240503120000", "1", "courier.example", URL, *[""] * 10])
GDELT_GKG = "\t".join(["20240503120000-1", "20240503120000", "1", "courier.example", URL, *[""] * 22])


def mailbox() -> bytes:
    letter = MAIL.replace(FIRST[:20], f">From here: {FIRST[:20]}").encode()
    start = b"From desk@courier.example Fri May  3 23:30:00 2024\n"
    return start + letter + b"\n" + start + letter.replace(b"<1@", b"<2@")


def warc_record(body: bytes, url: str = URL, kind: str = "text/html", status: str = "200 OK") -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:8f1c9a3e-0000-4000-8000-000000000001>\r\n"
        f"WARC-Date: 2024-06-01T10:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def warc() -> bytes:
    bare = PAGE.replace(f'<link rel="canonical" href="{URL}">', "").encode()
    return b"".join(
        [
            warc_record(PAGE.encode()),
            warc_record(b"\x89PNG", "https://courier.example/logo.png", "image/png"),
            warc_record(b"gone", "https://courier.example/old", "text/html", "404 Not Found"),
            warc_record(b"User-agent: *", "https://courier.example/robots.txt", "text/plain"),
            warc_record(bare, "https://courier.example/bare"),
        ]
    )


def warc_gz() -> bytes:
    """As crawlers write it: each record a gzip member of its own."""
    return b"".join(
        gzip.compress(part, mtime=0) for part in (warc_record(PAGE.encode()), warc_record(PAGE.encode(), "b"))
    )


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def wacz() -> bytes:
    pages = {"datapackage.json": b"{}", "archive/data.warc.gz": warc_gz(), "indexes/index.cdx": b"com,example)/ 2024"}
    return zipped(pages)


def table() -> bytes:
    out = io.BytesIO()
    rows = {"body": [TEXT, ""], "headline": [TITLE, "Empty"], "date": ["2024-05-03", None], "other": [1, 2]}
    parquet.write_table(pyarrow.table(rows), out)
    return out.getvalue()


def pdf(pages: tuple[str, ...] = (FIRST, SECOND), title: str = TITLE) -> bytes:
    """A PDF document with a line of text a page, written by hand."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) /Author ({AUTHOR}) /CreationDate (D:20240506101500Z) >>".encode(),
    ]
    for number, words in enumerate(pages):
        content = f"BT /F1 10 Tf 40 700 Td ({words}) Tj ET".encode("cp1252") if words else b""
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def locked_pdf() -> bytes:
    writer, out = PdfWriter(PdfReader(io.BytesIO(pdf()))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def locked_zip() -> bytes:
    """An archive whose only member says that it has a password."""
    data = bytearray(zipped({"report.txt": TEXT.encode()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def samples() -> dict[str, bytes]:
    """One input of each format, by the name of the reader that it is for."""
    return {
        "plain text": TEXT.encode(),
        "JSON Lines": json.dumps({"text": TEXT, "title": TITLE}).encode() + b"\n",
        "HTML": PAGE.encode(),
        "feed": RSS.encode(),
        "JSON Feed": JSON_FEED.encode(),
        "news JSON": NEWSCATCHER.encode(),
        "sitemap": SITEMAP.encode(),
        "CSV": CSV.encode(),
        "Parquet": table(),
        "GDELT": f"{GDELT_EVENT}\n{GDELT_EVENT}\n".encode(),
        "PDF": pdf(),
        "mail": MAIL.encode(),
        "mailbox": mailbox(),
        "WARC": warc_gz(),
        "WACZ": wacz(),
        "ZIP": zipped({"a.txt": TEXT.encode(), "b/page.html": PAGE.encode()}),
        "gzip": gzip.compress(PAGE.encode(), mtime=0),
    }
