"""One sitting at a site: plan there, apply, and keep a plan in a file; the commands and the library work with it."""
