"""The questions of the stakeholder FAQ, by who asks them; each is answered from records alone."""
