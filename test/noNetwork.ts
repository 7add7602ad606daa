/** Unit tests open no socket: whoever tries is told so. */
import { Socket } from "node:net";

Socket.prototype.connect = () => {
  throw new Error("A unit test tried to open a socket.");
};
