import { Caption, IsString, Length, Matches } from "./decorators";

const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * A session tag that a borrowed role carries.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html | Tag in the STS API reference}
 */
export class Tag {
  /** Key, 1 to 128 letters, digits, spaces and `_ . : / = + - @`; AWS compares keys without regard to case. */
  @Caption("Key")
  @IsString()
  @Length(1, 128, { message: "key takes 1 to 128 characters" })
  @Matches(TAG_TEXT, {
    message: "key takes letters, digits, spaces and _ . : / = + - @ only",
  })
  readonly key!: string;

  /** Value, at most 256 of the same characters as the key; may be empty. */
  @Caption("Value")
  @IsString()
  @Length(0, 256, { message: "value takes at most 256 characters" })
  @Matches(TAG_TEXT, {
    message: "value takes letters, digits, spaces and _ . : / = + - @ only",
  })
  readonly value!: string;
}
