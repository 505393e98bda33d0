/*
 * A disk that can be slow or full, for a database server under test: loaded in front of the C library, it looks for two
 * files in the directory that DAMON_DISK names. While "slow" exists every flush takes 100 ms longer; while "full"
 * exists no file can grow.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_set(const char *name)
{
	const char *directory = getenv("DAMON_DISK");
	char path[4096];

	if (!directory)
		return 0;
	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return access(path, F_OK) == 0;
}

static void flush_slowly(void)
{
	if (is_set("slow"))
		usleep(100 * 1000);
}

/* Whether a write would make a regular file longer while the disk is full. */
static int is_too_much(int fd, off_t offset, size_t count)
{
	struct stat file;
	int saved = errno;
	int full = is_set("full") && fstat(fd, &file) == 0 && S_ISREG(file.st_mode) &&
		   offset + (off_t)count > file.st_size;

	errno = full ? ENOSPC : saved;
	return full;
}

int fsync(int fd)
{
	static int (*real)(int);

	if (!real)
		real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
	flush_slowly();
	return real(fd);
}

int fdatasync(int fd)
{
	static int (*real)(int);

	if (!real)
		real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
	flush_slowly();
	return real(fd);
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t offset)
{
	static ssize_t (*real)(int, const void *, size_t, off64_t);

	if (!real)
		real = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
	if (is_too_much(fd, offset, count))
		return -1;
	return real(fd, data, count, offset);
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t offset)
{
	return pwrite64(fd, data, count, offset);
}

int posix_fallocate64(int fd, off64_t offset, off64_t length)
{
	static int (*real)(int, off64_t, off64_t);

	if (!real)
		real = (int (*)(int, off64_t, off64_t))dlsym(RTLD_NEXT, "posix_fallocate64");
	if (is_too_much(fd, offset, (size_t)length))
		return ENOSPC;
	return real(fd, offset, length);
}

int posix_fallocate(int fd, off_t offset, off_t length)
{
	return posix_fallocate64(fd, offset, length);
}
