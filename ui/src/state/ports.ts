// The usual doors of a mail server: which port goes with which kind of encryption, and how one follows the other in
// the manual form. Nothing here talks to a server; RFC 8314 section 3 is where the implicit TLS ports come from.
import type { Security } from "../ipc/backend";

export type Service = "imap" | "pop3" | "smtp";

export interface Door {
  port: number;
  security: Security;
}

/** The doors that the form offers for a service, the best one first. */
export function usualDoors(service: Service): readonly Door[] {
  return DOORS[service];
}

/** The port to propose after the kind of encryption changed. A port of the person's own choice is left alone. */
export function portAfterSecurity(service: Service, security: Security, port: number): number {
  const doors = DOORS[service];
  const usual = doors.some((door) => door.port === port);
  if (!usual && port !== 0) return port;
  if (doors.some((door) => door.port === port && goesWith(door, security))) return port;
  return doors.find((door) => goesWith(door, security))?.port ?? port;
}

/** The kind of encryption to propose after the port changed. An unusual port says nothing, so nothing changes. */
export function securityAfterPort(service: Service, port: number, security: Security): Security {
  const door = DOORS[service].find((candidate) => candidate.port === port);
  if (!door || goesWith(door, security)) return security;
  return door.security;
}

/** The port that a person typed, or null where it is none. */
export function parsePort(typed: string): number | null {
  const text = typed.trim();
  if (!/^\d{1,5}$/.test(text)) return null;
  const port = Number(text);
  return port >= 1 && port <= 65535 ? port : null;
}

// A door that starts in the clear and is then upgraded is also the door of a connection that stays in the clear.
function goesWith(door: Door, security: Security): boolean {
  return door.security === security || (door.security === "starttls" && security === "plain");
}

const DOORS: Record<Service, readonly Door[]> = {
  imap: [
    { port: 993, security: "tls" },
    { port: 143, security: "starttls" },
  ],
  pop3: [
    { port: 995, security: "tls" },
    { port: 110, security: "starttls" },
  ],
  smtp: [
    { port: 465, security: "tls" },
    { port: 587, security: "starttls" },
    { port: 25, security: "starttls" },
  ],
};
