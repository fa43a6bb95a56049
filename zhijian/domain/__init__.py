"""The pure rules of the house: values in, values out; no framework, file, clock or chance."""
