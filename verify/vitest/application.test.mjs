import { expect, test } from "vitest";
import { runApplication } from "./application.mjs";
import { EXPECTED, startAws } from "./startAws.mjs";

test("the application runs against the embedded AWS", async () => {
  const local = await startAws();

  const result = await runApplication();

  await local.close();
  expect(result).toBe(EXPECTED);
});
