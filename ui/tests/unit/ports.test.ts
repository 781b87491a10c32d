// Ports and encryption in the manual form: each follows the other, and neither overrules the person.
import { describe, expect, it } from "vitest";
import { parsePort, portAfterSecurity, securityAfterPort, usualDoors } from "../../src/state/ports";

describe("ports follow the encryption", () => {
  it("proposes the implicit port for TLS and the upgraded one for STARTTLS", () => {
    expect(portAfterSecurity("imap", "tls", 143)).toBe(993);
    expect(portAfterSecurity("imap", "starttls", 993)).toBe(143);
    expect(portAfterSecurity("pop3", "starttls", 995)).toBe(110);
    expect(portAfterSecurity("smtp", "starttls", 465)).toBe(587);
    expect(portAfterSecurity("smtp", "tls", 25)).toBe(465);
  });
  it("leaves a port alone that already goes with the encryption", () => {
    expect(portAfterSecurity("smtp", "starttls", 25), "25 is an upgraded port too").toBe(25);
    expect(portAfterSecurity("pop3", "plain", 110), "a plain connection uses the same door").toBe(110);
  });
  it("leaves an unusual port alone", () => {
    expect(portAfterSecurity("imap", "starttls", 10143)).toBe(10143);
  });
});

describe("encryption follows the port", () => {
  it("knows each usual port", () => {
    expect(securityAfterPort("imap", 143, "tls")).toBe("starttls");
    expect(securityAfterPort("imap", 993, "starttls")).toBe("tls");
    expect(securityAfterPort("smtp", 25, "tls")).toBe("starttls");
  });
  it("never turns a dangerous choice into itself: TLS ports end a plain connection", () => {
    expect(securityAfterPort("pop3", 995, "plain")).toBe("tls");
    expect(securityAfterPort("pop3", 110, "plain")).toBe("plain");
  });
  it("learns nothing from an unusual port", () => {
    expect(securityAfterPort("imap", 4711, "tls")).toBe("tls");
  });
});

it("offers exactly the doors that the setup promises", () => {
  const ports = (["imap", "pop3", "smtp"] as const).map((service) =>
    usualDoors(service).map((door) => door.port),
  );
  expect(ports).toEqual([
    [993, 143],
    [995, 110],
    [465, 587, 25],
  ]);
});

it("reads a port only where there is one", () => {
  expect([" 993 ", "0", "65536", "12a", "", "-1", "65535"].map(parsePort)).toEqual([
    993,
    null,
    null,
    null,
    null,
    null,
    65535,
  ]);
});
