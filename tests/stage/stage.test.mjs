// Whether the stage can be used from JavaScript: it starts, obeys, says when an order makes no sense, and ends.
import assert from "node:assert/strict";
import test from "node:test";
import { connect } from "node:net";
import { startStage } from "./stage.mjs";

test("a stage starts, obeys orders and ends", async () => {
  const stage = await startStage(["--no-postfix", "--fill", "lena:3:7"]);
  try {
    assert.equal(
      (await stage.tell("letters", "lena", "INBOX")).letters.length,
      3,
      "three letters were put in",
    );
    await stage.tell("fill", "lena", "INBOX", "2", "8");
    assert.equal((await stage.tell("letters", "lena", "INBOX")).letters.length, 5);
    await assert.rejects(stage.tell("dance"), /not known/);
    await assert.rejects(stage.tell("kill", "postfix"), /no Postfix/);
    assert.equal(await answers(stage.ports.imap), true, "Dovecot listens");
  } finally {
    await stage.end();
  }
  assert.equal(await answers(stage.ports.imap), false, "nothing listens any more");
});

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}
