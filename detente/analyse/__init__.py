"""What many readings say together: who was quoted, what was promised. Readings in, answers out; nothing is stored."""
