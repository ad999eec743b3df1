"""The screens. They translate and show; services decide."""
