import type { components } from './schema.gen';

export type ProblemBody = components['schemas']['Problem'];
export type FieldProblem = NonNullable<ProblemBody['errors']>[number];

/** What the server, or the way to it, answered instead of what was asked for. */
export class ApiProblem extends Error {
  readonly status: number; // 0: the server was not reached
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly body: ProblemBody | null;

  constructor(status: number, code: string, title: string, detail: string, body: ProblemBody | null = null) {
    super(code);
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.body = body;
  }

  get fields(): FieldProblem[] {
    return this.body?.errors ?? [];
  }

  /** Errors by the first name of their pointer: "/email" -> email. */
  fieldErrors(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const error of this.fields) {
      const name = error.pointer.replace(/^\//, '').split('/')[0] ?? '';
      found[name] ??= error.detail;
    }
    return found;
  }
}

export function problemOf(status: number, body: unknown): ApiProblem {
  if (typeof body === 'object' && body !== null && 'code' in body) {
    const problem = body as ProblemBody;
    return new ApiProblem(status, problem.code, problem.title, problem.detail ?? '', problem);
  }
  return new ApiProblem(status, 'unreadable', '', '');
}

export function asProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem(0, 'unreachable', '', '');
}
