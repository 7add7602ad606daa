import { Caption, IsString, Length, Matches } from "./decorators";

const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * A session tag of an assumed role.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html | Tag in the STS API reference}
 */
export class Tag {
  /** Key of the tag, 1 to 128 letters, digits, spaces and `_ . : / = + - @`. AWS compares keys case-insensitively. */
  @Caption("Key")
  @IsString()
  @Length(1, 128, { message: "key must be 1 to 128 characters long" })
  @Matches(TAG_CHARACTERS, {
    message:
      "key must contain only letters, digits, spaces and _ . : / = + - @",
  })
  readonly key!: string;

  /** Value of the tag, 0 to 256 letters, digits, spaces and `_ . : / = + - @`. */
  @Caption("Value")
  @IsString()
  @Length(0, 256, { message: "value must be at most 256 characters long" })
  @Matches(TAG_CHARACTERS, {
    message:
      "value must contain only letters, digits, spaces and _ . : / = + - @",
  })
  readonly value!: string;
}
