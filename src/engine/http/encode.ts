/** Percent-encodes everything but letters, digits and `-._~`: `encodeURIComponent` leaves out what signatures reserve. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
