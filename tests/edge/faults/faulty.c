// Makes calls on files under one folder fail, one at a time, under the real program: preload it (LD_PRELOAD).
//
//   FAULTY_FOLDER   absolute path; only files below it are touched
//   FAULTY_CONTROL  a file of the integers of `struct control`, which the test writes and reads while the program runs
//   FAULTY_DURABLE  absolute path of a folder that is given what a loss of power would leave, or unset: of each file,
//   what
//                   was written before its last fsync that succeeded. What an fsync that failed was to write is lost,
//                   as on Linux: a later one does not write it. Renaming and removing are taken to be durable at once.
//
// System calls are made directly, so nothing is looked up while a program starts.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, TRUNCATE = 4, RENAME = 8, OPEN = 16, UNLINK = 32 };

struct control {
  int32_t calls;      // which kinds of calls are counted, as bits; 0: none
  int32_t countdown;  // the call that fails: 1 is the next one
  int32_t error;      // its errno
  int32_t persists;   // every call after it fails as well
  int32_t halves;     // the first write that fails writes half of its bytes, and says so
  int32_t seen;       // how many calls were counted
  int32_t failed;     // how many were made to fail
};

static struct control nothing;
static struct control* control = &nothing;
static char folder[PATH_MAX], durable[PATH_MAX];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void start(void) {
  const char* under = getenv("FAULTY_FOLDER");
  const char* by = getenv("FAULTY_CONTROL");
  const char* copy = getenv("FAULTY_DURABLE");
  if (under == NULL || by == NULL) return;
  int file = (int)syscall(SYS_openat, AT_FDCWD, by, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void* mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  syscall(SYS_close, file);
  if (mapped == MAP_FAILED) return;
  control = mapped;
  snprintf(folder, sizeof folder, "%s/", under);
  if (copy != NULL) snprintf(durable, sizeof durable, "%s/", copy);
}

static int is_below(const char* path) { return folder[0] != 0 && strncmp(path, folder, strlen(folder)) == 0; }

// Answers the path of an open file if it lies below the folder.
static const char* path_of(int file, char* path) {
  char link[32];
  if (folder[0] == 0) return NULL;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t size = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  if (size <= 0) return NULL;
  path[size] = 0;
  return is_below(path) && strstr(path, " (deleted)") == NULL ? path : NULL;
}

// Counts a call; answers whether it is one that fails.
static int fails(int kind) {
  pthread_mutex_lock(&lock);
  int failing = 0;
  if (control->calls & kind) {
    control->seen += 1;
    failing = control->countdown == 1 || (control->countdown <= 0 && control->persists && control->failed > 0);
    if (control->countdown > 0) control->countdown -= 1;
    if (failing) control->failed += 1;
  }
  pthread_mutex_unlock(&lock);
  if (failing) errno = control->error;
  return failing;
}

// What was written to a file since its last fsync, in a list of all files'.
struct range {
  struct range* next;
  ino_t file;
  off_t offset;
  size_t size;
};
static struct range* unsynced;

static void wrote(int file, off_t offset, ssize_t size) {
  struct stat of;
  if (durable[0] == 0 || size <= 0 || fstat(file, &of) != 0) return;
  struct range* range = malloc(sizeof *range);
  if (range == NULL) abort();
  pthread_mutex_lock(&lock);
  *range = (struct range){unsynced, of.st_ino, offset, (size_t)size};
  unsynced = range;
  pthread_mutex_unlock(&lock);
}

// Whatever the file of that name was told, it is about to go.
static void forget(const char* path) {
  struct stat of;
  if (durable[0] == 0 || stat(path, &of) != 0) return;
  pthread_mutex_lock(&lock);
  for (struct range** at = &unsynced; *at != NULL;) {
    struct range* range = *at;
    if (range->file != of.st_ino) {
      at = &range->next;
      continue;
    }
    *at = range->next;
    free(range);
  }
  pthread_mutex_unlock(&lock);
}

static void copy_range(int from, int to, const struct range* range) {
  char* bytes = malloc(range->size);
  if (bytes == NULL) abort();
  ssize_t size = syscall(SYS_pread64, from, bytes, range->size, range->offset);
  if (size > 0 && syscall(SYS_pwrite64, to, bytes, (size_t)size, range->offset) != size) abort();
  free(bytes);
}

// Takes what was written to a file from the list; where it was synced, it is durable now.
static void settle(int file, const char* path, int synced) {
  struct stat of;
  if (durable[0] == 0 || fstat(file, &of) != 0 || !S_ISREG(of.st_mode)) return;
  char to[2 * PATH_MAX];
  snprintf(to, sizeof to, "%s%s", durable, path + strlen(folder));
  int copy = -1;
  if (synced) {
    for (char* at = strchr(to + strlen(durable), '/'); at != NULL; at = strchr(at + 1, '/')) {
      *at = 0;
      syscall(SYS_mkdirat, AT_FDCWD, to, 0777);
      *at = '/';
    }
    copy = (int)syscall(SYS_openat, AT_FDCWD, to, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (copy < 0) abort();
  }
  pthread_mutex_lock(&lock);
  for (struct range** at = &unsynced; *at != NULL;) {
    struct range* range = *at;
    if (range->file != of.st_ino) {
      at = &range->next;
      continue;
    }
    if (synced) copy_range(file, copy, range);
    *at = range->next;
    free(range);
  }
  pthread_mutex_unlock(&lock);
  if (synced) {
    if (syscall(SYS_ftruncate, copy, of.st_size) != 0) abort();
    syscall(SYS_close, copy);
  }
}

static ssize_t written(int file, const void* bytes, size_t size, off_t offset) {
  char path[PATH_MAX];
  int ours = path_of(file, path) != NULL;
  int positioned = offset >= 0;
  if (ours && fails(WRITE)) {
    if (!control->halves || control->failed > 1 || size < 2) return -1;
    size /= 2;
  }
  off_t at = positioned ? offset : ours ? lseek(file, 0, SEEK_CUR) : 0;
  ssize_t done = positioned ? syscall(SYS_pwrite64, file, bytes, size, offset) : syscall(SYS_write, file, bytes, size);
  if (ours) wrote(file, at, done);
  return done;
}

ssize_t write(int file, const void* bytes, size_t size) { return written(file, bytes, size, -1); }
ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) { return written(file, bytes, size, offset); }
ssize_t pwrite64(int file, const void* bytes, size_t size, off_t offset) { return written(file, bytes, size, offset); }

// Only the first part is written: callers go on from there.
static ssize_t gathered(int file, const struct iovec* parts, int count, off_t offset) {
  for (int part = 0; part < count; part += 1)
    if (parts[part].iov_len > 0) return written(file, parts[part].iov_base, parts[part].iov_len, offset);
  return 0;
}

ssize_t writev(int file, const struct iovec* parts, int count) {
  char path[PATH_MAX];
  if (path_of(file, path) == NULL) return syscall(SYS_writev, file, parts, count);
  return gathered(file, parts, count, -1);
}
ssize_t pwritev(int file, const struct iovec* parts, int count, off_t offset) {
  char path[PATH_MAX];
  if (path_of(file, path) == NULL) return syscall(SYS_pwritev, file, parts, count, offset, 0);
  return gathered(file, parts, count, offset);
}
ssize_t pwritev64(int file, const struct iovec* parts, int count, off_t offset) {
  return pwritev(file, parts, count, offset);
}

static int synced(int file, long call) {
  char path[PATH_MAX];
  if (path_of(file, path) == NULL) return (int)syscall(call, file);
  int failing = fails(SYNC);
  int result = failing ? -1 : (int)syscall(call, file);
  int error = errno;
  settle(file, path, result == 0);
  errno = error;
  return result;
}

int fsync(int file) { return synced(file, SYS_fsync); }
int fdatasync(int file) { return synced(file, SYS_fdatasync); }

int ftruncate(int file, off_t size) {
  char path[PATH_MAX];
  if (path_of(file, path) != NULL && fails(TRUNCATE)) return -1;
  return (int)syscall(SYS_ftruncate, file, size);
}
int ftruncate64(int file, off_t size) { return ftruncate(file, size); }

static int opened(int at, const char* path, int flags, va_list rest) {
  mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  if (is_below(path) && fails(OPEN)) return -1;
  return (int)syscall(SYS_openat, at, path, flags, mode);
}

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int file = opened(AT_FDCWD, path, flags, rest);
  va_end(rest);
  return file;
}
int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int file = opened(AT_FDCWD, path, flags, rest);
  va_end(rest);
  return file;
}
int openat(int at, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int file = opened(at, path, flags, rest);
  va_end(rest);
  return file;
}
int openat64(int at, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int file = opened(at, path, flags, rest);
  va_end(rest);
  return file;
}

// The same of what is durable.
static const char* durable_of(const char* path, char* to) {
  snprintf(to, 2 * PATH_MAX, "%s%s", durable, path + strlen(folder));
  return to;
}

int rename(const char* from, const char* to) {
  int ours = is_below(from) && is_below(to);
  if (ours && fails(RENAME)) return -1;
  if (ours) forget(to);
  int result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (ours && result == 0 && durable[0] != 0) {
    char source[2 * PATH_MAX], target[2 * PATH_MAX];
    syscall(SYS_renameat2, AT_FDCWD, durable_of(from, source), AT_FDCWD, durable_of(to, target), 0);
  }
  return result;
}

int unlink(const char* path) {
  if (is_below(path) && fails(UNLINK)) return -1;
  if (is_below(path)) forget(path);
  int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  int error = errno;
  if (is_below(path) && result == 0 && durable[0] != 0) {
    char target[2 * PATH_MAX];
    syscall(SYS_unlinkat, AT_FDCWD, durable_of(path, target), 0);
  }
  errno = error;
  return result;
}
