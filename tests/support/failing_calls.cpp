// SPDX-License-Identifier: Apache-2.0
// A library to be loaded before a program (LD_PRELOAD): the n-th call that touches a file under a folder fails. Says afterwards how
// many such calls there were, so that a test can go through all of them.
//
//   PORTOLAN_FAIL_UNDER   the folder
//   PORTOLAN_FAIL_AT      which call, from 1; 0: none
//   PORTOLAN_FAIL_WITH    ENOSPC, EIO, EINTR; "short": a write takes half; "full": the same, and every later write finds no room
//   PORTOLAN_FAIL_REPORT  file for "<calls> <name of the call that failed>"
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr int mostFiles = 4096;

std::atomic<bool> isWatched[mostFiles];
std::atomic<int> calls{0};
std::atomic<const char*> failed{nullptr};

const char* setting(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

bool isUnder(const char* path)
{
    const char* folder = setting("PORTOLAN_FAIL_UNDER");
    return path && *folder && std::strncmp(path, folder, std::strlen(folder)) == 0;
}

bool isOurs(int file)
{
    return file >= 0 && file < mostFiles && isWatched[file];
}

bool is(const char* kind)
{
    return std::strcmp(setting("PORTOLAN_FAIL_WITH"), kind) == 0;
}

// Counts a call; true: this is the one that is to fail.
bool isTheOne(const char* name)
{
    if (++calls != std::atoi(setting("PORTOLAN_FAIL_AT")))
        return false;
    failed = name;
    return true;
}

int failure()
{
    errno = is("ENOSPC") || is("full") ? ENOSPC : is("EINTR") ? EINTR : EIO;
    return -1;
}

template <class Function>
Function real(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

int opened(int file)
{
    if (file >= 0 && file < mostFiles)
        isWatched[file] = true;
    return file;
}

// How much of a write is let through; -1: it fails.
ssize_t allowed(const char* name, std::size_t length)
{
    const bool isNow = isTheOne(name);
    if (!isNow && is("full") && failed)
        return failure();
    if (!isNow)
        return static_cast<ssize_t>(length);
    if ((is("short") || is("full")) && length > 1)
        return static_cast<ssize_t>(length / 2);
    return failure();
}

[[gnu::destructor]] void report()
{
    const char* path = setting("PORTOLAN_FAIL_REPORT");
    std::FILE* file = *path ? std::fopen(path, "w") : nullptr;
    if (!file)
        return;
    const char* name = failed;
    std::fprintf(file, "%d %s\n", calls.load(), name ? name : "none");
    std::fclose(file);
}

}  // namespace

extern "C" {

#define OPENS(name)                                                                     \
    int name(const char* path, int flags, ...)                                          \
    {                                                                                   \
        va_list rest;                                                                   \
        va_start(rest, flags);                                                          \
        const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                                   \
        if (!isUnder(path))                                                             \
            return real<int (*)(const char*, int, ...)>(#name)(path, flags, mode);      \
        if (isTheOne("open"))                                                           \
            return failure();                                                           \
        return opened(real<int (*)(const char*, int, ...)>(#name)(path, flags, mode));  \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                                          \
    int name(int folder, const char* path, int flags, ...)                                      \
    {                                                                                           \
        va_list rest;                                                                           \
        va_start(rest, flags);                                                                  \
        const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;         \
        va_end(rest);                                                                           \
        if (!isUnder(path) && !isOurs(folder))                                                  \
            return real<int (*)(int, const char*, int, ...)>(#name)(folder, path, flags, mode); \
        if (isTheOne("openat"))                                                                 \
            return failure();                                                                   \
        return opened(                                                                          \
            real<int (*)(int, const char*, int, ...)>(#name)(folder, path, flags, mode));       \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

ssize_t write(int file, const void* bytes, size_t length)
{
    const auto next = real<ssize_t (*)(int, const void*, size_t)>("write");
    if (!isOurs(file))
        return next(file, bytes, length);
    const ssize_t part = allowed("write", length);
    return part < 0 ? part : next(file, bytes, static_cast<size_t>(part));
}

#define WRITES_AT(name)                                                                \
    ssize_t name(int file, const void* bytes, size_t length, off_t offset)             \
    {                                                                                  \
        const auto next = real<ssize_t (*)(int, const void*, size_t, off_t)>(#name);   \
        if (!isOurs(file))                                                             \
            return next(file, bytes, length, offset);                                  \
        const ssize_t part = allowed("pwrite", length);                                \
        return part < 0 ? part : next(file, bytes, static_cast<size_t>(part), offset); \
    }
WRITES_AT(pwrite)
WRITES_AT(pwrite64)

#define TAKES_FILE(name)                        \
    int name(int file)                          \
    {                                           \
        if (isOurs(file) && isTheOne(#name))    \
            return failure();                   \
        return real<int (*)(int)>(#name)(file); \
    }
TAKES_FILE(fsync)
TAKES_FILE(fdatasync)

// The number is free afterwards whatever is answered, as on Linux.
int close(int file)
{
    const bool isCounted = isOurs(file);
    if (isCounted)
        isWatched[file] = false;
    const bool fails = isCounted && isTheOne("close");
    const int answer = real<int (*)(int)>("close")(file);
    return fails ? failure() : answer;
}

#define TRUNCATES(name)                                        \
    int name(int file, off_t length)                           \
    {                                                          \
        if (isOurs(file) && isTheOne("ftruncate"))             \
            return failure();                                  \
        return real<int (*)(int, off_t)>(#name)(file, length); \
    }
TRUNCATES(ftruncate)
TRUNCATES(ftruncate64)

// A rename is never interrupted by a signal.
int rename(const char* from, const char* to)
{
    if (isUnder(to) && isTheOne("rename") && !is("EINTR"))
        return failure();
    return real<int (*)(const char*, const char*)>("rename")(from, to);
}

}  // extern "C"
