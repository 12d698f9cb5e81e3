"""The source: files of people and the configuration, read and checked, and what the site should hold by them."""
