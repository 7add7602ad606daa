/** Combines decorators into one, which applies them in the order in which they would run if written above each other. */
export function combine(
  ...decorators: readonly PropertyDecorator[]
): PropertyDecorator {
  return (prototype, property) => {
    for (const decorate of [...decorators].reverse())
      decorate(prototype, property);
  };
}
