// One line of text with its label, a word of help and its error. Passwords can be shown.
import { useEffect, useRef, useState } from "react";
import {
  FieldError,
  Input,
  Label,
  Text,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components";
import { IconButton } from "./IconButton";
import { say } from "../words";
import styles from "./TextField.module.css";

export interface TextFieldProps extends Omit<AriaTextFieldProps, "className" | "style" | "children"> {
  label: string;
  placeholder?: string | undefined;
  help?: string | undefined;
  error?: string | undefined;
  hideLabel?: boolean;
  className?: string | undefined;
}

export function TextField({
  label,
  placeholder,
  help,
  error,
  hideLabel = false,
  type = "text",
  className,
  ...rest
}: TextFieldProps) {
  const [shown, setShown] = useState(false);
  const secret = type === "password";
  const input = useRef<HTMLInputElement>(null);
  // A secret goes with its field: React holds on to the field that had the focus last, and the field to what stood in it, and to the
  // form around it. That the focus is gone React has missed, since it listens to nothing while it takes a field away.
  useEffect(() => {
    const field = input.current;
    if (!secret || field === null) return;
    return () => {
      // A field that is still there goes on: React's strict mode ends each effect once for trial.
      if (field.isConnected) return;
      field.value = "";
      field.removeAttribute("value");
      document.getElementById("root")?.dispatchEvent(new FocusEvent("focusout"));
    };
  }, [secret]);
  return (
    <AriaTextField
      {...rest}
      type={secret && shown ? "text" : type}
      isInvalid={error !== undefined || rest.isInvalid === true}
      className={[styles.field, className].filter(Boolean).join(" ")}
    >
      <Label className={hideLabel ? "visually-hidden" : (styles.label ?? "")}>{label}</Label>
      <span className={styles.box}>
        <Input ref={input} className={styles.input ?? ""} placeholder={placeholder} />
        {secret && (
          <IconButton
            icon={shown ? "hidden" : "visible"}
            label={say(shown ? "password-hide" : "password-show")}
            onPress={() => setShown(!shown)}
            className={styles.eye}
          />
        )}
      </span>
      {help !== undefined && error === undefined && (
        <Text slot="description" className={styles.help ?? ""}>
          {help}
        </Text>
      )}
      <FieldError className={styles.error ?? ""}>{error}</FieldError>
    </AriaTextField>
  );
}
