"""What the organisation has laid down: service standards, categories, languages, whose attention is called."""

from complaintkit.policy.categories import UNSORTED, Category, Word
from complaintkit.policy.policy import Policy, Step, Tongue
from complaintkit.policy.standards import Standard
from complaintkit.policy.templates import Template, fill

__all__ = ["UNSORTED", "Category", "Policy", "Standard", "Step", "Template", "Tongue", "Word", "fill"]
