import { Html } from "@elysiajs/html";

import { ADMIN_PEOPLE, googlePath, pagePath, PATHS } from "../src/paths.ts";
import type { RefusalProps } from "./refusal_parts.tsx";
import { REFUSAL_LOOKS, type RefusalStep } from "./refusal_steps.ts";
import { GoogleLink } from "./sign_in/google_link.tsx";

/** The links of a refusal; the first of them is the obvious one. */
export function RefusalLinks({ steps, ...props }: StepsProps & { steps: readonly RefusalStep[] }) {
  const offered = offeredSteps(steps, props);
  if (offered.length === 0) return <></>;
  return (
    <p class="line">
      {offered.map((step, index) => (
        <StepLink {...props} step={step} isFirst={index === 0} />
      ))}
    </p>
  );
}

/** Nobody can be written to where the operator names nobody. */
function offeredSteps(
  steps: readonly RefusalStep[],
  { support }: Pick<RefusalProps, "support">,
): RefusalStep[] {
  return steps.filter((step) => step !== "contact" || support !== null);
}

type StepsProps = Pick<RefusalProps, "words" | "path" | "retryPath" | "support">;

interface StepLinkProps extends StepsProps {
  step: RefusalStep;
  isFirst: boolean;
}

function StepLink({ step, isFirst, ...props }: StepLinkProps) {
  const look = isFirst ? "button main" : "button";
  const { label, href } = describeStep(step, props);
  if (step === "sign_in" || step === "another_account") {
    return (
      <GoogleLink class={look} path={props.path} isAnother={step === "another_account"}>
        <span safe>{label}</span>
      </GoogleLink>
    );
  }
  return (
    <a class={look} href={href} safe>
      {label}
    </a>
  );
}

/** A step as a link; an `href` of "" is the address that the browser shows. */
export interface StepTarget {
  label: string;
  href: string;
}

function describeStep(step: RefusalStep, props: StepsProps): StepTarget {
  const { words, path, retryPath, support } = props;
  const { writeTo } = words.steps;
  if (step === "contact") {
    return { label: writeTo(support?.label ?? ""), href: support?.href ?? "" };
  }
  const targets = {
    sign_in: googlePath(path),
    another_account: googlePath(path, { account: "another" }),
    same_account: googlePath(path, { account: "same" }),
    google_account: "https://myaccount.google.com/",
    home: PATHS.page,
    reload: retryPath,
    retry: retryPath,
    people: pagePath(ADMIN_PEOPLE),
  };
  return { label: words.steps[step], href: targets[step] };
}

/** The obvious step after a refusal, for where no card stands; `null` if there is none but to try again. */
export function obviousStep({ kind, ...props }: RefusalProps): StepTarget | null {
  const [step] = offeredSteps(REFUSAL_LOOKS[kind].steps, props);
  return step === undefined || step === "retry" ? null : describeStep(step, props);
}
