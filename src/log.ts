import { type DestinationStream, destination, type Logger, pino, stdSerializers } from 'pino';

/** Fields of an error that help, and can hold no secret: drivers hang whole connections on theirs. */
function errorForLog(error: Error): object {
  const { type, message, stack, ...rest } = stdSerializers.err(error);
  const code = (rest as { code?: unknown }).code;
  return { type, message, ...(typeof code === 'string' ? { code } : {}), stack };
}

/**
 * Standard output, written in batches: a write to it costs more than the line. Lines wait for a tenth of a second at the
 * most, and are written at once when the process exits. Where nobody takes them any more, 4 MiB wait and the rest is lost.
 */
function standardOutput(): DestinationStream {
  return destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 100, maxLength: 4 * 1024 * 1024 });
}

/** The log: a JSON object a line. Headers and bodies never go into it. */
export function createLog(level: string, output: DestinationStream = standardOutput()): Logger {
  const options = {
    level,
    serializers: { err: errorForLog },
    redact: ['req.headers.authorization', '*.password', '*.secret', '*.token'],
  };
  return pino(options, output);
}
