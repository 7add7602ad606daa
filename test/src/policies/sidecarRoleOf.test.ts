import { sidecarRoleOf } from "../../../gateway/boomi";

const ROLE = "arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices";

describe("sidecarRoleOf", () => {
  it.each([ROLE, ROLE.replace(":iam:", ":sts:")])(
    "takes %s, and gives the form of IAM",
    (roleArn) => {
      expect(sidecarRoleOf(roleArn)).toEqual({ roleArn: ROLE });
    },
  );

  it("accepts a role whose name is only the prefix, in any partition", () => {
    const roleArn = "arn:aws-cn:iam::222233334444:role/tibco_sidecar_connector";

    expect(sidecarRoleOf(roleArn)).toEqual({ roleArn });
  });

  it.each([
    [ROLE.replace("tibco", "Boomi"), "prefix"],
    [ROLE.replace("role/", "role/path/"), "prefix"],
    [ROLE.replace("tibco", "Tibco"), "prefix"],
    [ROLE.replace("role/", "user/"), "matches"],
    [
      "arn:aws:sts::222233334444:assumed-role/tibco_sidecar_connector/x",
      "matches",
    ],
    [`${ROLE}*`, "matches"],
    ["tibco_sidecar_connector_prices", "matches"],
    ["", "matches"],
  ])("rejects %s", (roleArn, rule) => {
    expect(sidecarRoleOf(roleArn)).toEqual({
      issue: {
        path: "roleArn",
        rule,
        message: expect.stringMatching(/^roleArn must be /),
      },
    });
  });
});
