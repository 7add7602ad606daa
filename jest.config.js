// Unit tests run on the sources and must not open a socket. Integration tests run on the built package, `dist/`.
const transform = {
  "^.+\\.ts$": [
    "ts-jest",
    // CommonJS, because jest runs no `import()` without a flag of Node.
    { transpilation: true, tsconfig: "tsconfig.jest.json" },
  ],
};

// Disables the AWS SDK's warning about Node versions that it will stop supporting. The README mentions it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

// The shared configuration files of this machine must not change the result of a test.
process.env.AWS_CONFIG_FILE = "/no-such-file";
process.env.AWS_SHARED_CREDENTIALS_FILE = "/no-such-file";

/** @type {import("jest").Config} */
module.exports = {
  // By default Jest leaves one core unused, which is half of a two-core machine.
  maxWorkers: "100%",
  // Only ends a test that hangs, even on a busy machine. No test asserts how long it takes.
  testTimeout: 120_000,
  projects: [
    {
      displayName: "unit",
      testEnvironment: "node",
      testMatch: [
        "<rootDir>/test/{domain,gateway,operations,parity,src}/**/*.test.ts",
        "<rootDir>/test/*.test.ts",
      ],
      setupFilesAfterEnv: ["<rootDir>/test/noNetwork.ts"],
      transform,
    },
    {
      displayName: "integration",
      testEnvironment: "node",
      testMatch: ["<rootDir>/test/{local,bin,integration}/**/*.test.ts"],
      transform,
    },
  ],
};
