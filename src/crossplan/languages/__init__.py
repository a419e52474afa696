"""Everything that depends on the language of a plan, language by language."""
