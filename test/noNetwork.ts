/** Makes a unit test fail if it opens a socket. Restores `connect` afterwards, because a worker runs several test files. */
import { Socket } from "node:net";

const { connect } = Socket.prototype as { connect: unknown };

beforeAll(() => {
  Object.assign(Socket.prototype, {
    connect: () => {
      throw new Error("A unit test tried to open a socket.");
    },
  });
});

afterAll(() => {
  Object.assign(Socket.prototype, { connect });
});
