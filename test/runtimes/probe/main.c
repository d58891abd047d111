/*
 * Tries operations inside a container and prints a line for each: the id, the outcome, and the name of the error.
 *
 *   probe            tries everything
 *   probe ID…        tries these
 *   stranger         (the name of a copy that is set-user-id of another user) is a process of that user
 */
#include "probe.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct stranger stranger;

/* Nothing here takes long; what does has gone wrong (seconds). */
#define LIMIT 10

static const struct attempt *const areas[] = {file_attempts, network_attempts, process_attempts, kernel_attempts,
                                              machine_attempts};

static const char *const outcomes[] = {"works", "permitted", "denied", "unavailable"};

struct result result_of(long returned) {
  if (returned >= 0) return (struct result){WORKS, 0};
  switch (errno) {
    case EPERM:
    case EACCES:
    case EROFS:
      return (struct result){DENIED, errno};
    default:
      return unavailable(errno);
  }
}

struct result permitted_if(long returned, int expected) {
  if (returned < 0 && errno == expected) return (struct result){PERMITTED, expected};
  return result_of(returned);
}

struct result denied(void) { return (struct result){DENIED, errno}; }

struct result unavailable(int error) { return (struct result){UNAVAILABLE, error}; }

int own_file(char *path) {
  strcpy(path, WORK "/own-XXXXXX");
  return mkstemp(path);
}

static void try_one(const struct attempt *attempt) {
  int answer[2];
  if (pipe(answer) < 0) exit(2);
  pid_t child = fork();
  if (child == 0) {
    alarm(LIMIT);
    errno = 0;
    struct result result = attempt->run();
    _exit(write(answer[1], &result, sizeof result) == sizeof result ? 0 : 1);
  }
  close(answer[1]);
  struct result result = unavailable(ETIMEDOUT);
  if (child < 0 || read(answer[0], &result, sizeof result) != sizeof result) result = unavailable(ETIMEDOUT);
  close(answer[0]);
  if (child > 0) waitpid(child, NULL, 0);
  const char *error = result.error == 0 ? "-" : strerrorname_np(result.error);
  printf("%s %s %s\n", attempt->id, outcomes[result.outcome], error == NULL ? "?" : error);
  fflush(stdout);
}

/* Starts the stranger, which ends with this process: it waits for the end of its standard input. */
static void meet_stranger(void) {
  int in[2], out[2];
  if (pipe(in) < 0 || pipe(out) < 0) return;
  pid_t child = fork();
  if (child == 0) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    close(in[1]);
    close(out[0]);
    execl("/bin/stranger", "stranger", NULL);
    _exit(1);
  }
  close(in[0]);
  close(out[1]);
  struct stranger met;
  if (child > 0 && read(out[0], &met, sizeof met) == sizeof met) stranger = met;
  close(out[0]);
}

static int asked_for(const char *id, int count, char **ids) {
  if (count == 0) return 1;
  for (int i = 0; i < count; i++)
    if (strcmp(ids[i], id) == 0) return 1;
  return 0;
}

int main(int argc, char **argv) {
  const char *slash = strrchr(argv[0], '/');
  if (strcmp(slash == NULL ? argv[0] : slash + 1, "stranger") == 0) return be_stranger();
  meet_stranger();
  for (size_t area = 0; area < sizeof areas / sizeof *areas; area++)
    for (const struct attempt *attempt = areas[area]; attempt->id != NULL; attempt++)
      if (asked_for(attempt->id, argc - 1, argv + 1)) try_one(attempt);
  return 0;
}
