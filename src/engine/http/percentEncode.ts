/** Percent-encodes everything except letters, digits and `-._~`, as AWS signatures require. `encodeURIComponent` keeps `!'()*`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
