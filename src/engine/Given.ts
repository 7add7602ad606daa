/** What a caller gives: a plain object or an instance; explicit `undefined` is absent. */
export type Given<Wanted> = {
  readonly [Field in keyof Wanted]: object extends Pick<Wanted, Field>
    ? Wanted[Field] | undefined
    : Wanted[Field];
};
