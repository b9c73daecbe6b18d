"""System calls that no reader needs and none is given.

A call that an architecture or kernel lacks needs no rule.
"""

from __future__ import annotations

# Each refused whatever its arguments.
ALWAYS = (
    # network and messages between processes
    *(
        "socket",
        "socketpair",
        "connect",
        "bind",
        "listen",
        "accept",
        "accept4",
        "sendto",
        "sendmsg",
        "sendmmsg",
        "recvmmsg",
    ),
    *("shmget", "shmat", "semget", "msgget", "mq_open"),
    # other processes: to see, stop, change or signal them; to leave the group that is ended as one
    *(
        "ptrace",
        "process_vm_readv",
        "process_vm_writev",
        "process_madvise",
        "process_mrelease",
        "kcmp",
        "migrate_pages",
        "move_pages",
    ),
    *(
        "kill",
        "tkill",
        "rt_sigqueueinfo",
        "rt_tgsigqueueinfo",
        "pidfd_open",
        "pidfd_getfd",
        "pidfd_send_signal",
    ),
    *(
        "setpgid",
        "setsid",
        "setpriority",
        "ioprio_set",
        "sched_setscheduler",
        "sched_setattr",
        "sched_setparam",
    ),
    # new programs other than by name, and code without a file
    *("execveat", "memfd_create", "memfd_secret", "fork", "vfork"),
    # mounts, namespaces, file handles
    *(
        "mount",
        "umount2",
        "pivot_root",
        "chroot",
        "unshare",
        "setns",
        "open_tree",
        "move_mount",
        "fsopen",
        "fsconfig",
        "fsmount",
        "fspick",
    ),
    *("mount_setattr", "name_to_handle_at", "open_by_handle_at"),
    # what Landlock does not cover: owners, rights, times, links and nodes of files, and being told
    # of their changes
    *(
        "chmod",
        "fchmod",
        "fchmodat",
        "fchmodat2",
        "chown",
        "fchown",
        "lchown",
        "fchownat",
        "utime",
        "utimes",
        "futimesat",
        "utimensat",
    ),
    *(
        "setxattr",
        "lsetxattr",
        "fsetxattr",
        "removexattr",
        "lremovexattr",
        "fremovexattr",
        "setxattrat",
        "removexattrat",
    ),
    *(
        "link",
        "linkat",
        "symlink",
        "symlinkat",
        "mknod",
        "mknodat",
        "truncate",
        "inotify_init",
        "inotify_init1",
        "fanotify_init",
    ),
    # doors of the kernel
    *(
        "io_uring_setup",
        "io_uring_enter",
        "io_uring_register",
        "bpf",
        "userfaultfd",
        "perf_event_open",
        "keyctl",
        "add_key",
        "request_key",
    ),
    *(
        "init_module",
        "finit_module",
        "delete_module",
        "kexec_load",
        "kexec_file_load",
        "reboot",
        "swapon",
        "swapoff",
        "syslog",
        "acct",
    ),
    *(
        "quotactl",
        "quotactl_fd",
        "settimeofday",
        "clock_settime",
        "clock_adjtime",
        "adjtimex",
        "personality",
        "iopl",
        "ioperm",
        "vhangup",
    ),
    *(
        "setuid",
        "setgid",
        "setreuid",
        "setregid",
        "setresuid",
        "setresgid",
        "setgroups",
        "capset",
        "lookup_dcookie",
    ),
)
NEW_NAMESPACES = 0x7E020080  # the CLONE_NEW* flags of clone
THREAD = 0x10000  # CLONE_THREAD
OWNERS = (
    8,
    10,
    15,
)  # fcntl: F_SETOWN, F_SETSIG, F_SETOWN_EX, by which one process has another signalled
