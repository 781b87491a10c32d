// The ways of signing in that a form offers for a service. What each means to a server is the engine's.
import type { Authentication } from "../ipc/backend";
import type { Service } from "./ports";

const METHODS: Authentication[] = [
  "auto",
  "scram-sha-256",
  "plain",
  "login",
  "cram-md5",
  "oauthbearer",
  "xoauth2",
  "apop",
  "none",
];

export function methodsFor(service: Service): Authentication[] {
  return METHODS.filter(
    (method) =>
      (method !== "none" || service === "smtp") &&
      // Only POP3 has it, and nothing chooses it by itself.
      (method !== "apop" || service === "pop3"),
  );
}
