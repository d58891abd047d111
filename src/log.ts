import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

/** Fields of an error that help, and can hold no secret: drivers hang whole connections on theirs. */
function errorForLog(error: Error): object {
  const { type, message, stack, ...rest } = stdSerializers.err(error);
  const code = (rest as { code?: unknown }).code;
  return { type, message, ...(typeof code === 'string' ? { code } : {}), stack };
}

/** The log: a JSON object a line. Headers and bodies never go into it. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    serializers: { err: errorForLog },
    redact: ['req.headers.authorization', '*.password', '*.secret', '*.token'],
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
