package dev.parley.lab;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** The processor time of the whole process: every thread, the collector's and the compiler's among them. */
public final class ProcessCpu {

    private ProcessCpu() {}

    /** Since the process began, in nanoseconds; empty where the JVM does not tell. */
    public static OptionalLong nanos() {
        long nanos = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
        return nanos < 0 ? OptionalLong.empty() : OptionalLong.of(nanos);
    }
}
