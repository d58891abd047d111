/*
 * What the areas of the probe share. An attempt tries one operation of the catalogue (src/engine/operations) and says how
 * it went. Each runs in a child process of its own, so that it may break whatever it likes of itself.
 */
#ifndef PROBE_H
#define PROBE_H

#include <sys/types.h>

/* The user whom nobody else in the container is. Owns /work/others and /work/others-public. */
#define STRANGER 4242
/* The directory of the image in which everybody may make files. */
#define WORK "/work"

enum outcome {
  /* It was done. */
  WORKS,
  /* The permission check was passed, and then something harmless stopped it: for what must not really be done. */
  PERMITTED,
  /* It was refused. */
  DENIED,
  /* Whether it is allowed does not show: the kernel cannot do it, or something that it takes is missing. */
  UNAVAILABLE,
};

/* An outcome and the errno behind it, 0 where there is none. */
struct result {
  enum outcome outcome;
  int error;
};

struct attempt {
  /* The id of the operation in the catalogue; where there are several ways, followed by a slash and the way. */
  const char *id;
  struct result (*run)(void);
};

/* The attempts of each area; the last one has no id. */
extern const struct attempt file_attempts[];
extern const struct attempt kernel_attempts[];
extern const struct attempt machine_attempts[];
extern const struct attempt network_attempts[];
extern const struct attempt process_attempts[];

/* A process of the STRANGER, with what it offers; pid 0 where no such process could be made. */
struct stranger {
  pid_t pid;
  /* An address of its memory. */
  void *address;
  /* A shared memory segment of its own that nobody else may use. */
  int segment;
};
extern struct stranger stranger;

/* Being the stranger: called when the program is started under that name. */
int be_stranger(void);

/* WORKS for a result of 0 or more, else what errno says: DENIED, or UNAVAILABLE where the kernel lacks it. */
struct result result_of(long returned);
/* The same for a call that must not succeed: PERMITTED if it failed with `expected`. */
struct result permitted_if(long returned, int expected);
struct result denied(void);
struct result unavailable(int error);

/* Opens a new file of the caller's own in WORK; the name is put into `path`, which holds 32 bytes. */
int own_file(char *path);

#endif
