# What a path leads to: { value } or nothing.
path: set:
builtins.foldl' (
  found: name:
  if found ? value && builtins.isAttrs found.value && found.value ? ${name} then
    { value = found.value.${name}; }
  else
    { }
) { value = set; } path
