import { Caption } from "../decorators";

/**
 * A layer that a function is built on.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Layer.html | Layer in the Lambda API reference}
 */
export class Layer {
  /** ARN of the layer's version. */
  @Caption("Layer ARN")
  readonly arn?: string;

  /** Size of the layer's archive, in bytes. */
  @Caption("Code size")
  readonly codeSize?: number;

  /** ARN of the signing profile's version. Absent: the layer is not signed. */
  @Caption("Signing profile version")
  readonly signingProfileVersionArn?: string;

  /** ARN of the signing job. Absent: the layer is not signed. */
  @Caption("Signing job")
  readonly signingJobArn?: string;
}
