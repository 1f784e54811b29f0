/*
 * A plugin of qemu-aarch64 (QEMU 7 to 9) that counts instructions. Whenever a thread calls umask(2), it tells to stderr how many that thread has
 * spent, and how many all together: "count OWN ALL". Nothing that is counted calls umask by itself. Built by scripts/arm64/instructions.
 * What it takes of QEMU's interface is declared here, so that no header of QEMU is needed.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_info_t;
enum { NO_REGISTERS = 0 };
typedef void (*tb_translated)(qemu_plugin_id_t, struct qemu_plugin_tb *);
typedef void (*tb_executed)(unsigned thread, void *instructions);
typedef void (*called)(qemu_plugin_id_t, unsigned thread, int64_t number, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, tb_translated);
extern void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *, tb_executed, int registers, void *instructions);
extern void qemu_plugin_register_vcpu_syscall_cb(qemu_plugin_id_t, called);

int qemu_plugin_version = 1;

enum { THREADS = 256, UMASK = 166 };
/* A line of the cache each: threads do not wait for one another. */
static struct { uint64_t count; char apart[56]; } threads[THREADS];

static void executed(unsigned thread, void *instructions) { threads[thread % THREADS].count += (uintptr_t)instructions; }

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *block) {
  (void)id;
  qemu_plugin_register_vcpu_tb_exec_cb(block, executed, NO_REGISTERS, (void *)(uintptr_t)qemu_plugin_tb_n_insns(block));
}

static void system_call(qemu_plugin_id_t id, unsigned thread, int64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f,
                        uint64_t g, uint64_t h) {
  (void)id, (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h;
  if (number != UMASK) return;
  uint64_t all = 0;
  for (int each = 0; each < THREADS; each++) all += threads[each].count;
  fprintf(stderr, "count %" PRIu64 " %" PRIu64 "\n", threads[thread % THREADS].count, all);
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info_t *info, int argc, char **argv) {
  (void)info, (void)argc, (void)argv;
  qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
  qemu_plugin_register_vcpu_syscall_cb(id, system_call);
  return 0;
}
