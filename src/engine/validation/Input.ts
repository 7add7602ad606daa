/** What a caller gives: a plain object or an instance; explicit `undefined` is absent. Methods are not given. */
export type Input<Wanted> = {
  readonly [
    Field in keyof Wanted as Wanted[Field] extends (...args: never) => unknown
      ? never
      : Field
  ]: object extends Pick<Wanted, Field>
    ? Wanted[Field] | undefined
    : Wanted[Field];
};
