/**
 * An entity or options as a parameter: a plain object or an instance, without methods. `undefined` means not set, except
 * in fields that reject it.
 */
export type Input<Entity> = {
  readonly [
    Field in keyof Entity as Entity[Field] extends (...args: never) => unknown
      ? never
      : Field
  ]: object extends Pick<Entity, Field>
    ? Entity[Field] | undefined
    : Entity[Field];
};
