// What every unit test starts with: nothing is left on the page from the one before.
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(() => cleanup());
