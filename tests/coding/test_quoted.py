"""Direct speech: which cue and speaker belong to a quotation, and what is one statement."""

from __future__ import annotations


def test_the_speaker_behind_the_quotation(said) -> None:
    (one,) = said("“The bridge stays shut,” said Moldovan President Maia Sandu.")
    assert (one.speaker, one.content, one.manner) == ("Maia Sandu", ("“The bridge stays shut,”",), "direct")


def test_the_speaker_before_a_colon(said) -> None:
    (one,) = said("Speaking in Chisinau, Moldovan President Maia Sandu said: “The bridge stays shut.”")
    assert (one.speaker, one.content) == ("Maia Sandu", ("“The bridge stays shut.”",))


def test_no_verb_but_a_colon(said) -> None:
    (one,) = said("Iraq closes the bridge; Hezbollah: “We are ready”")
    assert (one.speaker, one.content) == ("Hezbollah", ("“We are ready”",))


def test_an_interrupted_quotation_is_one_statement(said) -> None:
    (one,) = said("“The bridge,” Moldovan President Maia Sandu said, “stays shut.”")
    assert one.content == ("“The bridge,”", "“stays shut.”")


def test_the_next_speaker_is_not_joined(said) -> None:
    both = said("“It is a trap,” says Kyiv. Moscow: “These are lies.”")
    assert [one.speaker for one in both] == ["Ukraine", "Russia"]


def test_a_quotation_over_paragraphs_gets_the_speaker_named_last(said) -> None:
    (one,) = said("“We wait.\n“We hope.\n“Then we go,” Moldovan President Maia Sandu said.")
    assert one.speaker == "Maia Sandu"
    assert one.content == ("“We wait.", "“We hope.", "“Then we go,”")


def test_words_outside_the_marks_begin_what_is_said(said) -> None:
    one = said("Turkey, Moldovan President Maia Sandu said, “calls on both sides to stop.”")[0]
    assert one.content == ("Turkey", "“calls on both sides to stop.”")
    assert one.manner == "mixed"


def test_a_document_reads(said) -> None:
    (one,) = said("The statement of the Foreign Ministry in Athens reads: “Our patience is over.”")
    assert one.channel == "statement"
    assert one.speaker is not None and "Foreign" in one.speaker


def test_a_quotation_inside_anothers_words(said) -> None:
    outer, inner = said("“The envoy told me: ‘We know who did it’,” former US diplomat Zalmay Khalilzad wrote.")
    assert outer.speaker == "Zalmay Khalilzad" and outer.inside is None
    assert inner.content == ("‘We know who did it’",) and inner.inside == "Zalmay Khalilzad"


def test_a_headline_takes_its_speaker_from_the_body(said) -> None:
    heading, _ = said("“WE WILL NOT YIELD”\n\n“We will not yield to anybody,” said Moldovan President Maia Sandu.")
    assert heading.content == ("“WE WILL NOT YIELD”",)
    assert heading.speaker == "Maia Sandu"


def test_so_said_and_as_somebody_put_it(said) -> None:
    (one,) = said("“Not one more metre.” So said the Polish premier, Donald Tusk, on Saturday.")
    assert one.speaker == "Donald Tusk"
    (other,) = said("The deal is, as Moldovan President Maia Sandu put it, “a bridge with no river”.")
    assert other.speaker == "Maia Sandu"


def test_scare_quotes_and_titles_say_nothing(said) -> None:
    assert said("The drivers pay a “voluntary” toll at the “Bridge of Peace and Tea”.") == []
