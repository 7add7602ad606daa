import type { Attempt } from "../../../../src/engine/call/Attempt";
import { sdkAction } from "../../../../src/engine/actions/sdkAction";

describe("sdkAction", () => {
  it("loads the AWS SDK again if it could not be loaded", async () => {
    const reason = new Error("too many open files");
    const load = jest.fn(() => Promise.reject(reason));
    const { send } = sdkAction({ service: "ssm", name: "PutParameter", load });
    const attempt = undefined as unknown as Attempt;

    const first = send(attempt, undefined as never);
    await expect(first).rejects.toThrow("@aws-sdk/client-ssm");
    const second = send(attempt, undefined as never);

    await expect(second).rejects.toThrow("too many open files");
    expect(load).toHaveBeenCalledTimes(2);
  });
});
