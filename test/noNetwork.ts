/** Unit tests open no socket: whoever tries is told so. Put back afterwards, as the worker goes on to other files. */
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
