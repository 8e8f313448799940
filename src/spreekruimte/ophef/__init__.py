"""The fuss (*ophef*) about a post: the register and its sources. It enters no verdict."""
