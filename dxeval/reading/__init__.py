"""From a form tool's export to answers: each one of its question's levels, or a problem."""
