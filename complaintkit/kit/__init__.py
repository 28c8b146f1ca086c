"""The parts of a kit: what it offers, one subject a module, and what it is put together from. The doors join them."""
