package shop.checkout.inventory.stock;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface StockRepository extends Repository<StoredStock, String> {

    List<StoredStock> findAllByOrderBySku();

    Optional<StoredStock> findBySku(String sku);
}
