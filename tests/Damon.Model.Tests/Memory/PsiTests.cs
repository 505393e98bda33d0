using Damon.Model.Memory;

namespace Damon.Model.Tests.Memory;

public class PsiTests
{
    [Fact]
    public void StretchesAndSingleStallsAddUpEachRoundedDown()
    {
        var psi = new Psi();
        psi.Feed(1000, 3000, 333);
        psi.Feed(2000, 2500, 7);
        Assert.Equal(0ul, psi.TotalNs(1000));
        Assert.Equal(333ul * 500 / 1000, psi.TotalNs(1500));
        Assert.Equal((333ul * 2000 / 1000) + (7 * 500 / 1000), psi.TotalNs(50_000));
        psi.Add(1500);
        Assert.Equal(2169ul, psi.TotalNs(50_000));
        Assert.Equal(2ul, psi.TotalUs(50_000));
    }
}
