/* global awslambda, setTimeout */
const WORDS = ["Once ", "upon ", "a ", "time ", "..."];

/** Streams a story word by word. */
export const handler = awslambda.streamifyResponse(
  async ({ pauseMs = 20 }, responseStream) => {
    for (const word of WORDS) {
      responseStream.write(word);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    responseStream.end();
  },
);
