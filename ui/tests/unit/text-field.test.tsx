// A field for a secret: what stands in it goes with it, and not before.
import { cleanup, render } from "@testing-library/react";
import { StrictMode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { TextField } from "../../src/components/TextField";

afterEach(() => {
  cleanup();
  document.getElementById("root")?.remove();
});

it("keeps its secret while it is there, and has none when it is gone", () => {
  const root = document.createElement("div");
  root.id = "root";
  document.body.append(root);
  const goes = vi.fn();
  root.addEventListener("focusout", goes);
  const { unmount } = render(
    <StrictMode>
      <TextField label="Password" type="password" defaultValue="blue gull" />
    </StrictMode>,
    { container: root },
  );
  const field = document.querySelector("input");
  expect(field?.value).toBe("blue gull");
  expect(goes, "strict mode ends each effect for trial, and nothing goes with that").not.toHaveBeenCalled();
  unmount();
  expect(field?.value).toBe("");
  expect(field?.hasAttribute("value")).toBe(false);
  expect(goes, "React lets go of it").toHaveBeenCalledOnce();
});
