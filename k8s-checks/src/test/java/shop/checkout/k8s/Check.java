package shop.checkout.k8s;

import java.util.List;

/** One thing that manifests must be. */
interface Check {

    /** A sentence for each place where they are not. */
    List<String> faults(Manifests manifests);
}
