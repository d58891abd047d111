/* Attempts at the operations of src/engine/operations/files.ts. */
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/quota.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#define OTHERS WORK "/others"
#define OTHERS_PUBLIC WORK "/others-public"
/* The node of a disk of the host, made on the host: everybody may look at it, opening it is another matter. */
#define DISK WORK "/disk"
/* That of the disk that holds a filesystem. */
#define FILESYSTEM WORK "/filesystem"

static struct result change_file_owner(void) {
  char path[32];
  int file = own_file(path);
  if (file < 0 || unlink(path) < 0) return unavailable(errno);
  return result_of(fchown(file, STRANGER, STRANGER));
}

static struct result ignore_file_modes(void) { return result_of(open(OTHERS, O_RDWR)); }

static struct result read_any_file(void) { return result_of(open(OTHERS, O_RDONLY)); }

static struct result open_files_by_handle(void) {
  struct {
    struct file_handle head;
    unsigned char bytes[MAX_HANDLE_SZ];
  } handle = {.head.handle_bytes = MAX_HANDLE_SZ};
  int mount;
  if (name_to_handle_at(AT_FDCWD, OTHERS_PUBLIC, &handle.head, &mount, 0) < 0) return result_of(-1);
  int directory = open(WORK, O_RDONLY | O_DIRECTORY);
  return result_of(open_by_handle_at(directory, &handle.head, O_RDONLY));
}

static struct result change_modes_of_others(void) { return result_of(chmod(OTHERS, 0600)); }

static struct result keep_set_id_bits(void) {
  char path[32];
  int file = own_file(path);
  struct stat status;
  if (file < 0 || fchmod(file, 04755) < 0 || write(file, "x", 1) != 1 || fstat(file, &status) < 0)
    return unavailable(errno);
  unlink(path);
  if (status.st_mode & S_ISUID) return result_of(0);
  errno = EPERM;
  return denied();
}

static struct result set_file_capabilities(void) {
  struct vfs_cap_data data = {.magic_etc = VFS_CAP_REVISION_2};
  char path[32];
  int file = own_file(path);
  if (file < 0 || unlink(path) < 0) return unavailable(errno);
  return result_of(fsetxattr(file, "security.capability", &data, XATTR_CAPS_SZ_2, 0));
}

static struct result change_file_attributes(void) {
  char path[32];
  int file = own_file(path), flags = 0;
  if (file < 0 || ioctl(file, FS_IOC_GETFLAGS, &flags) < 0) return unavailable(errno);
  flags |= FS_IMMUTABLE_FL;
  struct result result = result_of(ioctl(file, FS_IOC_SETFLAGS, &flags));
  flags &= ~FS_IMMUTABLE_FL;
  ioctl(file, FS_IOC_SETFLAGS, &flags);
  unlink(path);
  return result;
}

/* The character device that /dev/null is. */
static struct result create_device_node(void) {
  char path[32];
  if (own_file(path) < 0 || unlink(path) < 0) return unavailable(errno);
  struct result result = result_of(mknod(path, S_IFCHR | 0600, makedev(1, 3)));
  unlink(path);
  return result;
}

/* Makes a node of the same disk, and opens that one for reading. */
static struct result read_host_disk(void) {
  struct stat disk;
  char path[32];
  if (stat(DISK, &disk) < 0 || own_file(path) < 0 || unlink(path) < 0) return unavailable(errno);
  if (mknod(path, S_IFBLK | 0600, disk.st_rdev) < 0) return result_of(-1);
  struct result result = result_of(open(path, O_RDONLY));
  unlink(path);
  return result;
}

/* The node of the same disk that the runtime put into /dev, if it did. */
static struct result read_disk_handed_in(void) { return result_of(open("/dev/handed-in", O_RDONLY)); }

static struct result mount_filesystem(void) {
  struct result result = result_of(mount("none", "/tmp", "tmpfs", 0, NULL));
  if (result.outcome == WORKS) umount("/tmp");
  return result;
}

/* No quota is active there: past the permission check the answer is ESRCH. */
static struct result set_disk_quotas(void) {
  struct dqinfo info;
  memset(&info, 0, sizeof info);
  return permitted_if(quotactl(QCMD(Q_SETINFO, USRQUOTA), FILESYSTEM, 0, (caddr_t)&info), ESRCH);
}

static struct result change_root_directory(void) { return result_of(chroot(WORK)); }

static struct result lease_files_of_others(void) {
  int file = open(OTHERS_PUBLIC, O_RDONLY);
  if (file < 0) return unavailable(errno);
  return result_of(fcntl(file, F_SETLEASE, F_RDLCK));
}

const struct attempt file_attempts[] = {
    {"change-file-owner", change_file_owner},
    {"ignore-file-modes", ignore_file_modes},
    {"read-any-file", read_any_file},
    {"open-files-by-handle", open_files_by_handle},
    {"change-modes-of-others", change_modes_of_others},
    {"keep-set-id-bits", keep_set_id_bits},
    {"set-file-capabilities", set_file_capabilities},
    {"change-file-attributes", change_file_attributes},
    {"create-device-node", create_device_node},
    {"read-host-disk", read_host_disk},
    {"read-host-disk/handed-in", read_disk_handed_in},
    {"mount-filesystem", mount_filesystem},
    {"set-disk-quotas", set_disk_quotas},
    {"change-root-directory", change_root_directory},
    {"lease-files-of-others", lease_files_of_others},
    {NULL, NULL},
};
