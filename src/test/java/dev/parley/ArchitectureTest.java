package dev.parley;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may import which. Arrows run downwards; {@code time} is there for everybody. */
class ArchitectureTest {

    private static final String ROOT = "dev.parley";
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** What each package may import of ours, besides itself and {@code time}. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("time", List.of()),
            Map.entry("protocol", List.of()),
            Map.entry("access", List.of("protocol")),
            Map.entry("log", List.of("protocol")),
            Map.entry("log.sqlite", List.of("log", "protocol")),
            Map.entry("room", List.of("log", "protocol")),
            Map.entry("delivery", List.of("room", "log", "protocol")),
            Map.entry("request", List.of("room", "log", "protocol", "access")),
            Map.entry("lab", List.of("protocol", "access")),
            Map.entry("websocket", List.of("lab", "request", "delivery", "room", "log", "protocol", "access")),
            Map.entry("http", List.of("lab", "request", "delivery", "room", "log", "protocol", "access")),
            Map.entry("bench", List.of("bench.wire")),
            Map.entry("bench.wire", List.of()),
            Map.entry("launcher", List.of()));

    @TestFactory
    Stream<DynamicTest> importsRunDownwards() {
        return ARROWS.entrySet().stream()
                .map(arrow -> DynamicTest.dynamicTest(arrow.getKey(), () -> {
                    String[] allowed = Stream.concat(Stream.of(arrow.getKey(), "time"), arrow.getValue().stream())
                            .map(name -> ROOT + "." + name)
                            .toArray(String[]::new);
                    classes()
                            .that()
                            .resideInAPackage(ROOT + "." + arrow.getKey())
                            .should()
                            .onlyDependOnClassesThat(
                                    resideInAnyPackage(allowed).or(resideOutsideOfPackages(ROOT, ROOT + "..")))
                            .allowEmptyShould(true)
                            .check(HOUSE);
                }));
    }

    @Test
    void everyPackageHasItsArrows() {
        assertThat(HOUSE.getPackage(ROOT).getSubpackagesInTree().stream()
                        .filter(p -> !p.getClasses().isEmpty())
                        .map(p -> p.getName().substring(ROOT.length() + 1)))
                .allMatch(name -> ARROWS.containsKey(name) || name.equals("app") || name.startsWith("standalone"));
    }

    @Test
    void onlyTheStandaloneServerSeesItsContainer() {
        noClasses()
                .that(resideOutsideOfPackages(ROOT + ".standalone.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.glassfish.tyrus..", "org.glassfish.grizzly.."))
                .check(HOUSE);
    }

    @Test
    void onlyTheWebSocketEdgeAndWhoDeploysItSeeItsApi() {
        noClasses()
                .that(resideOutsideOfPackages(ROOT + ".websocket..", ROOT + ".standalone..", ROOT + ".app.."))
                .should()
                .dependOnClassesThat(resideInAPackage("jakarta.websocket.."))
                .check(HOUSE);
    }

    @Test
    void onlyTheEmbeddedLogSeesTheDatabase() {
        noClasses()
                .that(resideOutsideOfPackages(ROOT + ".log.sqlite.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite.."))
                .check(HOUSE);
    }

    @Test
    void nobodyButTheStandaloneServerSeesTheComposition() {
        noClasses()
                .that(resideOutsideOfPackages(ROOT + ".app..", ROOT + ".standalone.."))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + ".app.."))
                .check(HOUSE);
    }

    @Test
    void launcherNeedsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".launcher..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", ROOT + ".launcher..", "org.jspecify.annotations.."))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(HOUSE.getPackage(ROOT).getSubpackagesInTree().stream()
                        .filter(p -> !p.getClasses().isEmpty()))
                .isNotEmpty()
                .allSatisfy(ArchitectureTest::isNullMarked);
    }

    private static void isNullMarked(JavaPackage checked) {
        assertThat(checked.isAnnotatedWith(NullMarked.class))
                .as(checked.getName())
                .isTrue();
    }
}
