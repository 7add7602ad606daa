import { Caption } from "../decorators";

/**
 * A layer of a function.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Layer.html | Layer in the Lambda API reference}
 */
export class Layer {
  /** ARN of the layer version. */
  @Caption("Layer ARN")
  readonly arn?: string;

  /** Size of the layer's archive, in bytes. */
  @Caption("Code size")
  readonly codeSize?: number;

  /** ARN of the signing profile version. Missing if the layer is not signed. */
  @Caption("Signing profile version")
  readonly signingProfileVersionArn?: string;

  /** ARN of the signing job. Missing if the layer is not signed. */
  @Caption("Signing job")
  readonly signingJobArn?: string;
}
